import { visitorTokenDays } from '#access'
import type { Language } from '#base'
import type { Platform } from '#contract'
import { Card } from '#theme'
import { TokenForm } from './token-form.js'
import { words } from './words.js'

interface TokenOfferProps {
  readonly language: Language
  readonly platform: Platform
}

/** On the page of a platform: what a visitor may have at once. Nothing where the platform has no such tokens. */
export const TokenOffer = ({ language, platform: { id, tokens } }: TokenOfferProps) => {
  if (tokens == null) return null
  const said = words[language]
  return (
    <div id="sandbox-token">
      <Card labelledBy="sandbox-token-title">
        <h2 id="sandbox-token-title">{said.title}</h2>
        <p>{said.lead(visitorTokenDays(tokens))}</p>
        <TokenForm language={language} platform={id} />
      </Card>
    </div>
  )
}
