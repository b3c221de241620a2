// Small builders for elements. Text goes in as text: nothing here reads HTML.

/** An element with attributes and children; `on…` attributes are listeners. */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  set(node, attributes);
  node.append(...children);
  return node;
}

export function makeSvg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  set(node, attributes);
  node.append(...children);
  return node;
}

function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
}

/** A symbol such as `tr <i>H</i>` as nodes: what stands between <i> and </i> in italics. */
export function symbol(text) {
  return text.split(/<\/?i>/).map((part, i) => (i % 2 ? make("i", {}, part) : part));
}

/** Calls `run` at most once a frame. */
export function onceAFrame(run) {
  let asked = 0;
  return () => {
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      run();
    });
  };
}

export function download(content, name, type) {
  const address =
    content instanceof Blob || type
      ? URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }))
      : content;
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
