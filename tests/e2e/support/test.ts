import { type BrowserContext, test as base, expect } from "@playwright/test";
import { figure } from "../../support/figures";

declare global {
  interface Window {
    reportViolation?: (violation: string) => Promise<void>;
  }
}

/** Pages opened and violations of the Content Security Policy seen since the last test, in all contexts of this worker. */
const seen = { pages: 0, violations: [] as string[] };

/** Listens in every page of a context, without touching what the page may load; where script is off the console tells. */
async function listen(context: BrowserContext, withScript: boolean): Promise<void> {
  context.on("page", () => {
    seen.pages += 1;
  });
  if (!withScript) {
    context.on("console", (message) => {
      if (/Content Security Policy/i.test(message.text())) seen.violations.push(message.text().slice(0, 300));
    });
    return;
  }
  await context.exposeFunction("reportViolation", (violation: string) => void seen.violations.push(violation));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      void window.reportViolation?.(`${location.pathname}: ${event.effectiveDirective} ${event.blockedURI}`);
    });
  });
}

/** Every browser test is made by this one: none of them may violate the Content Security Policy, in any of its pages. */
export const test = base.extend<{ nothingViolated: undefined }, { listening: undefined }>({
  listening: [
    async ({ browser }, use) => {
      const open = browser.newContext.bind(browser);
      browser.newContext = async (options) => {
        const context = await open(options);
        await listen(context, options?.javaScriptEnabled !== false);
        return context;
      };
      await use(undefined);
      browser.newContext = open;
    },
    { scope: "worker", auto: true },
  ],
  nothingViolated: [
    async ({ browser, listening: _ }, use) => {
      await use(undefined);
      // The desks of this test: left open, their pages would go on working beside all later tests.
      await Promise.all(browser.contexts().map((context) => context.close()));
      const { pages, violations } = seen;
      Object.assign(seen, { pages: 0, violations: [] });
      figure(18, { violations: violations.length }, { tests: 1, pages });
      expect(violations).toEqual([]);
    },
    { auto: true },
  ],
});
