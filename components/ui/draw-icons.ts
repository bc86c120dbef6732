import { readFileSync, writeFileSync } from "node:fs";
import { iconNames } from "@/components/ui/icon-names";

/** Draws icons.svg from lucide: one file that every page shares, so an icon costs a row of a table one short line. */

type Shape = [tag: string, attributes: Record<string, string>];

const drawing = (name: string) =>
  new URL(`../../node_modules/lucide-react/dist/esm/icons/${name}.mjs`, import.meta.url);

async function shapesOf(name: string): Promise<Shape[]> {
  // An earlier name points to the present one.
  const present = /export \{ default \} from '\.\/(.+)\.mjs'/.exec(readFileSync(drawing(name), "utf8"))?.[1];
  if (present) return shapesOf(present);
  return ((await import(drawing(name).href)) as { __iconData: { node: Shape[] } }).__iconData.node;
}

const tagOf = ([tag, { key: _, ...attributes }]: Shape) =>
  `<${tag}${Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join("")}/>`;

const symbols: string[] = [];
for (const name of iconNames) {
  const shapes = await shapesOf(name);
  symbols.push(`<symbol id="${name}" viewBox="0 0 24 24">${shapes.map(tagOf).join("")}</symbol>`);
}
for (let level = 1; level <= 4; level++) {
  const bars = [0, 1, 2, 3].map(
    (n) =>
      `<rect${n < level ? "" : ' opacity=".28"'} x="${n * 5}" y="${9 - n * 3}" width="3" height="${5 + n * 3}" rx="1"/>`,
  );
  symbols.push(`<symbol id="level-${level}" viewBox="0 0 18 14">${bars.join("")}</symbol>`);
}
writeFileSync(
  new URL("icons.svg", import.meta.url),
  `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24">\n<!-- lucide, ISC licence. Made by draw-icons.ts -->\n${symbols.join("\n")}\n</svg>\n`,
);
