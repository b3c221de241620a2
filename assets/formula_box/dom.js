// Small builders for elements. Text goes in as text: nothing here reads HTML.

/** An element with attributes and children; `on…` attributes are listeners. */
export function make(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** A button with a few words for those who do not see it. */
export function button(text, words, act, attributes = {}) {
  return make(
    "button",
    { type: "button", class: "fb-button", title: words, "aria-label": words, onclick: act, ...attributes },
    text,
  );
}

/** A small drawing of one line. */
export function icon(line) {
  const name = "http://www.w3.org/2000/svg";
  const path = filled(
    document.createElementNS(name, "path"),
    {
      d: line,
      fill: "none",
      stroke: "currentColor",
      "stroke-width": 1.6,
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
    },
    [],
  );
  return filled(
    document.createElementNS(name, "svg"),
    { viewBox: "0 0 18 18", width: 18, height: 18, "aria-hidden": "true" },
    [path],
  );
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

/** Puts a popover below a place, inside the window. */
export function placeBelow(popover, { left, bottom }) {
  const width = popover.offsetWidth;
  const room = document.documentElement.clientWidth - 8;
  popover.style.left = `${Math.max(8, Math.min(left, room - width))}px`;
  popover.style.top = `${bottom}px`;
}

let made = 0;
export const newId = (word) => `fb-${word}-${++made}`;
