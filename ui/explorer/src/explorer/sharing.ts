/** Taking the picture elsewhere: its link, an SVG, a PNG, a frame for another page. */

import { EMPTY, queryOf } from "./address";
import { button, make, menu, refill } from "./elements";
import type { Deeds, Piece, Speech } from "./stage";
import { rooted } from "../root";

/** A PNG has so many dots for one of the screen, enough for print. */
const DOTS = 2;
/** What the service makes of the same acts. */
const FORMATS = ["csv", "xlsx", "graphml", "mermaid", "json"];

/** The menu; `picture` makes the SVG of now, `address` tells the link of now. */
export function sharing(
  { say }: Speech,
  deeds: Deeds,
  picture: () => SVGElement | null,
  address: (path: string) => string,
  mayEmbed: boolean,
): Piece {
  const copied = (text: string) => () =>
    navigator.clipboard.writeText(text).then(
      () => deeds.tell(say("told_copied")),
      () => deeds.tell(say("told_not_copied")),
    );
  const link = button(say("copy_link"), () => void copied(address("/explore"))());
  const asSvg = button(say("save_svg"), () => {
    const drawn = picture();
    if (drawn !== null) save(new Blob([textOf(drawn)], { type: "image/svg+xml" }), "kaysis.svg");
  });
  const asPng = button(say("save_png"), () => {
    const drawn = picture();
    if (drawn !== null) void pngOf(drawn).then((blob) => save(blob, "kaysis.png"));
  });
  const body = make("div", { class: "ex-column" }, link, asSvg, asPng);
  if (mayEmbed) {
    const frame = () =>
      `<iframe src="${address("/embed/explore")}" title="KAYSİS Graph" width="960" height="640" loading="lazy"></iframe>`;
    body.append(button(say("copy_embed"), () => void copied(frame())()));
  }
  const files = make("p", { class: "ex-row" });
  body.append(files, make("p", { class: "quiet" }, say("share_about")));
  return {
    element: menu(say("share"), "share", body),
    show({ state }) {
      const asked = queryOf({ ...EMPTY, acts: state.acts, at: state.at, ever: state.ever, hidden: state.hidden });
      refill(
        files,
        ...FORMATS.map((format) =>
          make("a", { href: rooted(`/api/explore?${asked}&format=${format}`) }, format.toUpperCase()),
        ),
      );
    },
  };
}

/** The SVG as a file's text. */
export function textOf(drawn: SVGElement): string {
  return new XMLSerializer().serializeToString(drawn);
}

async function pngOf(drawn: SVGElement): Promise<Blob> {
  const image = new Image();
  // A data address: the policy of the pages lets no blob be shown as an image.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(textOf(drawn))}`;
  await image.decode();
  const canvas = make("canvas", { width: image.width * DOTS, height: image.height * DOTS });
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error("no picture")) : resolve(blob)), "image/png");
  });
}

function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
