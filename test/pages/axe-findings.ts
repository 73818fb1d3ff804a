import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { z } from 'zod'

const results = z.object({
  violations: z.array(
    z.object({ id: z.string(), impact: z.string().nullable(), nodes: z.array(z.object({ html: z.string() })) }),
  ),
})
/** Moderate ones too: only `minor` is let pass. */
const grave = new Set(['moderate', 'serious', 'critical'])
const options = { preload: false, resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }

/** The rules that a colour scheme can change; the others look at what stays the same. */
const colours = { ...options, rules: {}, runOnly: ['color-contrast', 'link-in-text-block'] }

/** What axe finds wrong on the page as it is now: `<rule>: <element>`. */
export async function axeFindings(page: Page, which: 'everything' | 'colours'): Promise<readonly string[]> {
  const chosen = which === 'everything' ? options : colours
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axe.source)
  const { violations } = results.parse(await page.evaluate(`axe.run(document, ${JSON.stringify(chosen)})`))
  return violations
    .filter(({ impact }) => impact === null || grave.has(impact))
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}
