import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** No finding of axe (WCAG 2.2 A and AA, best practices) in the page as it stands, open dialogs included. */
export async function expectAccessible(page: Page): Promise<void> {
  // Next streams the title behind the page.
  await expect(page).toHaveTitle(/./);
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .analyze();
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${node.target.join(" ")}`).join("\n")}`,
  );
  expect.soft(found, `axe at ${new URL(page.url()).pathname}`).toEqual([]);
}

/** Nothing scrolls sideways. */
export async function expectNoSideways(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    return [...document.querySelectorAll<HTMLElement>("body *")]
      .filter((element) => element.getBoundingClientRect().right > room + 1)
      .slice(0, 5)
      .map(
        (element) =>
          `${element.tagName.toLowerCase()}.${element.className}: ${Math.round(element.getBoundingClientRect().right)} of ${room}`,
      );
  });
  expect.soft(wide, `sideways at ${new URL(page.url()).pathname}`).toEqual([]);
}

/** Collects what the browser complains about: errors of scripts, of the console, refused by the content security policy. */
export function listenForTrouble(page: Page): string[] {
  const trouble: string[] = [];
  page.on("pageerror", (error) => trouble.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") trouble.push(`console: ${message.text().slice(0, 500)}`);
  });
  return trouble;
}
