import type { Language } from '#base'
import { Button } from '#theme'
import { words } from './words.js'

interface TokenFormProps {
  readonly language: Language
  readonly platform: string
  /** `<code>/<version>` of the API that the commands shall call; absent: the platform's first. */
  readonly api?: string
}

/** The button that gives a visitor a token. */
export const TokenForm = ({ language, platform, api }: TokenFormProps) => (
  <form method="post" action={`/${language}/apis/${encodeURIComponent(platform)}/sandbox-token`}>
    {api === undefined ? null : <input type="hidden" name="api" value={api} />}
    <p>
      <Button>{words[language].get}</Button>
    </p>
  </form>
)
