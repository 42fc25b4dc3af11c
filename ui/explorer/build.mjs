// Bundles what the pages load. `site.js` is small and loads the rest where a page asks for it.
import { rm } from "node:fs/promises";
import { build } from "esbuild";

const outdir = new URL("../static/bundle/", import.meta.url).pathname;

await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: {
    site: "src/pages/site.ts",
    // By its own name, so that the page of the explorer can ask for it before site.js does.
    explorer: "src/explorer/explorer.ts",
    "layout-worker": "src/explorer/layout-worker.ts",
    // The style sheet of the query editor's package, under a name that the page of queries can link to.
    "query-editor": "src/pages/sparql/editor.css",
  },
  absWorkingDir: new URL(".", import.meta.url).pathname,
  outdir,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2023",
  minify: true,
  sourcemap: "linked",
  legalComments: "linked",
  logLevel: "warning",
});
