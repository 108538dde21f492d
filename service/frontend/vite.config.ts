import { fileURLToPath } from "node:url";

import { defineConfig, type Plugin } from "vite";

/** The theme defines every token of the design system; leave out those that nothing here reads. */
function withoutUnreadTokens(): Plugin {
  return {
    name: "without-unread-tokens",
    enforce: "post",
    generateBundle(_, bundle) {
      for (const asset of Object.values(bundle)) {
        if (asset.type === "asset" && asset.fileName.endsWith(".css")) {
          asset.source = pruned(String(asset.source));
        }
      }
    },
  };
}

function pruned(css: string): string {
  const read = new Set(Array.from(css.matchAll(/var\(\s*(--[\w-]+)/g), (match) => match[1]));
  const kept = css.replace(/(?<=[{;])(--[\w-]+):(?:"[^"]*"|'[^']*'|[^;{}"'])*(;|(?=\}))/g, (whole, name: string) =>
    read.has(name) ? whole : "",
  );
  return kept.length === css.length ? css : pruned(kept);
}

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  publicDir: false,
  plugins: [withoutUnreadTokens()],
  build: {
    outDir: "../werkzaam/web/static",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: false,
    rollupOptions: {
      input: { page: "src/page.ts", style: "src/style.css" },
    },
  },
});
