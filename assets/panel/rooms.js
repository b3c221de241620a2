// The room that each view has in a film.

export const WIDTH = 1280;
export const HEIGHT = 720;

/** The part of the width that the surface gets, beside maps in one column or in two. */
const SURFACE_SHARE = [0.6, 0.44];

/**
 * The views with their rooms below a caption: the surface at the left, the maps beside it in one
 * column or two.
 */
export function roomsOf(views, top) {
  const maps = views.filter(({ measure }) => measure);
  const [space] = views.filter(({ measure }) => !measure);
  const height = HEIGHT - top;
  const columns = space ? (maps.length > 2 ? 2 : 1) : maps.length === 4 ? 2 : maps.length;
  const rows = Math.ceil(maps.length / columns);
  const left = !space ? 0 : maps.length ? SURFACE_SHARE[columns - 1] * WIDTH : WIDTH;
  const [wide, high] = [(WIDTH - left) / columns, height / rows];
  const rooms = maps.map((view, k) => ({
    view,
    room: { left: left + (k % columns) * wide, top: top + Math.floor(k / columns) * high, width: wide, height: high },
  }));
  return space ? [{ view: space, room: { left: 0, top, width: left, height } }, ...rooms] : rooms;
}
