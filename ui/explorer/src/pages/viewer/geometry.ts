/** Where a picture lies behind its frame: a picture point `p` is seen at `k * p + (x, y)`. */

export interface Size {
  width: number;
  height: number;
}

export interface Place {
  x: number;
  y: number;
  k: number;
}

export interface Rect extends Size {
  x: number;
  y: number;
}

/** Text of 12.5 units is 10 pixels high at this size: the smallest that is still read with ease. */
export const LEAST_READABLE = 0.8;
export const MOST = 4;
const MARGIN = 24;

/** The whole picture in the middle of the frame, never larger than drawn. */
export function whole(picture: Size, frame: Size): Place {
  const k = Math.min(1, frame.width / picture.width, frame.height / picture.height);
  return { k, x: (frame.width - k * picture.width) / 2, y: (frame.height - k * picture.height) / 2 };
}

/** The size a picture opens at: as wide as the frame where that can be read. */
export function openingSize(picture: Size, frame: Size): number {
  return Math.min(1, Math.max(frame.width / picture.width, LEAST_READABLE));
}

/**
 * How a picture opens: from its upper left corner, or, where not all of it is seen, around what it starts from.
 * `kept` is the room that lane titles keep at the left.
 */
export function opened(picture: Size, frame: Size, start: Rect | null, kept = 0): Place {
  const k = openingSize(picture, frame);
  const spare = frame.width - k * picture.width;
  const place = { k, x: Math.max(spare / 2, 0), y: 0 };
  if (start === null) return place;
  if (spare < -1 && k * (start.x + start.width) > frame.width) {
    place.x = clamped(k * kept + MARGIN - k * start.x, spare, 0);
  }
  const below = frame.height - k * picture.height;
  if (below < 0 && k * (start.y + start.height) > frame.height) {
    place.y = clamped(frame.height / 3 - k * start.y, below, 0);
  }
  return place;
}

/** The place nearest to this one from which the whole of the rectangle is seen. */
export function showing(place: Place, rect: Rect, frame: Size, kept = 0): Place {
  const { k } = place;
  return {
    k,
    x: moved(place.x, k * rect.x, k * rect.width, frame.width, MARGIN + k * kept),
    y: moved(place.y, k * rect.y, k * rect.height, frame.height, MARGIN),
  };
}

/** The part of the picture that the frame shows, as a `viewBox`. */
export function viewBox(place: Place, frame: Size): string {
  return [-place.x / place.k, -place.y / place.k, frame.width / place.k, frame.height / place.k]
    .map((value) => value.toFixed(2))
    .join(" ");
}

function moved(offset: number, start: number, length: number, room: number, margin: number): number {
  const before = offset + start - margin;
  if (before < 0) return offset - before;
  const after = offset + start + length + MARGIN - room;
  // What is longer than the frame is shown from its beginning.
  return after > 0 ? offset - Math.min(after, before) : offset;
}

function clamped(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
