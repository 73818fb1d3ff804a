import type { Browser, Page } from 'playwright-core'

export interface Tab {
  readonly page: Page
  /** Everything the browser asked for, by origin. */
  readonly origins: ReadonlySet<string>
  /** What must not happen: scripts refused by the policy, failed loads, errors on the console. */
  readonly troubles: readonly string[]
  close(): Promise<void>
}

export interface TabOptions {
  readonly javaScriptEnabled?: boolean
  readonly width?: number
  readonly locale?: string
}

/** A tab of a browser profile of its own, as a French person has it; without JavaScript unless asked for. */
export async function openTab(browser: Browser, options: TabOptions = {}): Promise<Tab> {
  const { javaScriptEnabled = false, width = 1280, locale = 'fr-FR' } = options
  const context = await browser.newContext({
    ...{ javaScriptEnabled, locale, viewport: { width, height: 844 } },
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const origins = new Set<string>()
  const troubles: string[] = []
  page.on('request', (request) => origins.add(new URL(request.url()).origin))
  page.on('console', (message) => {
    // A refused request is told on the console too, by its status: the tests look at those themselves.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) troubles.push(message.text())
  })
  page.on('pageerror', (error) => troubles.push(error.message))
  return { page, origins, troubles, close: () => context.close() }
}
