import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Hono } from 'hono'
import { renderDocument } from '#theme'
import { type GuideEntry, guideFile, guides, languageFor } from './guide-list.js'
import { GuidePage } from './guide-page.js'
import { GuidesPage } from './guides-page.js'

/** `/<language>/guides` and `/<language>/guides/<name>`, from the files of a folder. */
export function guideRoutes(folder: string): Hono {
  const routes = new Hono()
  for (const language of ['fr', 'en'] as const) {
    routes.get(`/${language}/guides`, (context) => context.html(renderDocument(GuidesPage({ language }))))
    routes.get(`/${language}/guides/:name`, async (context, next) => {
      const guide: GuideEntry | undefined = guides.find(({ name }) => name === context.req.param('name'))
      if (guide === undefined) return next()
      const source = await readFile(join(folder, guideFile(guide, languageFor(guide, language))), 'utf8')
      return context.html(renderDocument(GuidePage({ language, guide, source })))
    })
  }
  return routes
}
