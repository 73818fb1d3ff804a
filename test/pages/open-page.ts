import type { Browser, Page } from 'playwright-core'

export interface OpenPage {
  readonly page: Page
  /** Console errors, failed loads, refused policies and dialogs, as they come. */
  readonly troubles: readonly string[]
}

/** A page of its own context at phone width, still: a colour halfway through a transition is no colour to judge. */
export async function openPage(browser: Browser, javaScriptEnabled = true): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 800 },
    reducedMotion: 'reduce',
    javaScriptEnabled,
  })
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text())
  })
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText
    // An icon still on its way when the page is left.
    if (reason !== 'net::ERR_ABORTED') troubles.push(`${reason}: ${request.url()}`)
  })
  page.on('dialog', (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  return { page, troubles }
}
