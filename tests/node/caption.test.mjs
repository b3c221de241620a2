// Facts about what stands over pictures and films, and about the rooms of a film's views.
import assert from "node:assert/strict";
import { test } from "node:test";

import { caption, captionHeight, captionLines, named, quantities, titled } from "../../assets/panel/caption.js";
import { mapRoom } from "../../assets/panel/framed.js";
import { HEIGHT, roomsOf, WIDTH } from "../../assets/panel/rooms.js";

const HEADER = {
  formula: "a*u^2",
  window: [-1, 1, 0, 2],
  parameters: ["a"],
  defaults: { a: 2 },
  sliders: [{ name: "r", label: "radius of the ball" }],
  palette: { ink: "#123456", accent: "#abcdef" },
};
const LINE = { name: "flat <lines>", kind: "line", look: "flat", points: { values: [0, 0] } };
const told = (shown, running) => {
  const { heading, facts, legend } = caption({ header: HEADER, sliders: { r: 0.5 }, overlays: [], ...shown }, running);
  return [heading, facts, legend].map((pieces) => pieces.map(({ markup }) => markup).join(""));
};

test("a caption says the formula, every parameter and slider once, the window and the point", () => {
  const [heading, facts] = told({ point: { u: 0.25, v: 1 } });
  assert.equal(heading, "<i>f</i>(<i>u</i>, <i>v</i>) = <i>a</i>·<i>u</i><sup>2</sup>");
  const window = "<i>u</i> from −1 to 1, <i>v</i> from 0 to 2";
  assert.equal(facts, `<i>a</i> = 2, radius of the ball = 0.5, ${window}, the point (0.25, 1)`);
});

test("what runs in a film is not said as if it stood still", () => {
  assert.doesNotMatch(told({}, "r")[1], /radius/);
  assert.deepEqual(
    quantities(HEADER, { r: 1, a: 3 }).map(([key, , value]) => [key, value]),
    [
      ["a", 3],
      ["r", 1],
    ],
  );
});

test("a legend has each mark once, in its colour, and its name cannot be markup", () => {
  const [, , legend] = told({ overlays: [LINE, LINE, { ...LINE, name: "none", points: { values: [] } }] });
  assert.equal(legend, '<span style="color:#123456">━━</span> flat &lt;lines&gt;');
  assert.match(told({ point: { u: 0, v: 0 } })[2], /#abcdef">●<\/span> the chosen point$/);
});

test("a letter is set as a quantity, words are words", () => {
  assert.deepEqual([named("alpha"), named("two words")], ["<i>α</i>", "two words"]);
});

test("a caption is as tall as its lines and leaves its picture whole", () => {
  const rows = captionLines(caption({ header: HEADER, sliders: {}, overlays: [LINE] }), 300);
  assert.ok(rows.length > captionLines(caption({ header: HEADER, sliders: {}, overlays: [LINE] }), 3000).length);
  const layout = titled({ width: 300, height: 200, margin: { t: 5 } }, rows);
  assert.equal(layout.height, 200 + captionHeight(rows));
  assert.equal(layout.margin.t, 5 + captionHeight(rows));
});

test("the views of a film fill it and lie beside each other", () => {
  const views = (maps, space) => [...Array.from({ length: maps }, () => ({ measure: "S" })), ...(space ? [{}] : [])];
  for (const [maps, space] of [
    [1, false],
    [4, false],
    [0, true],
    [1, true],
    [2, true],
    [4, true],
  ]) {
    const rooms = roomsOf(views(maps, space), 120).map(({ room }) => room);
    const area = rooms.reduce((sum, { width, height }) => sum + width * height, 0);
    assert.ok(Math.abs(area - WIDTH * (HEIGHT - 120)) < 1e-6, `${maps} ${space}`);
    for (const { left, top, width, height } of rooms)
      assert.ok(left >= 0 && top >= 120 && left + width <= WIDTH && top + height <= HEIGHT);
  }
});

test("a map in a room keeps its proportions and touches two of its sides", () => {
  const { size, margin, tall } = mapRoom(900, 640, { left: 42, right: 100 }, [0, 2], [0, 2]);
  assert.equal(size.height, 640);
  assert.ok(size.width < 900);
  assert.equal(size.width - margin.l - margin.r, tall);
});
