/** The icons of kinds, drawn side by side on one picture for the graphics card. */

const CELL = 64;
/** The icons are drawn in a square of 16. */
const SQUARE = 16;

/** A row of icons, white on nothing, in the order of the names; the shader colours them. */
export function iconSheet(icons: Readonly<Record<string, string>>, names: readonly string[]): HTMLCanvasElement {
  const sheet = document.createElement("canvas");
  sheet.width = CELL * Math.max(1, names.length);
  sheet.height = CELL;
  const painting = sheet.getContext("2d");
  if (painting === null) return sheet;
  painting.strokeStyle = "white";
  painting.fillStyle = "white";
  painting.lineWidth = 1.7;
  painting.lineCap = "round";
  painting.lineJoin = "round";
  names.forEach((name, place) => {
    const icon = icons[name] ?? "";
    painting.setTransform(CELL / SQUARE, 0, 0, CELL / SQUARE, place * CELL, 0);
    if (icon.startsWith("text:")) {
      painting.font = "600 13px sans-serif";
      painting.textAlign = "center";
      painting.textBaseline = "middle";
      painting.fillText(icon.slice("text:".length), SQUARE / 2, SQUARE / 2);
    } else {
      painting.stroke(new Path2D(icon));
    }
  });
  return sheet;
}
