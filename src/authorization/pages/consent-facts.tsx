import type { FC } from 'hono/jsx'
import type { Language } from '#base'
import { durationInWords, tame } from '#theme'
import { emailHref } from './email-href.js'
import { outsideHref } from './outside-href.js'

/** Who answers questions about the data. */
export interface ConsentContact {
  readonly name: string
  readonly email?: string
}

interface ConsentFactsProps {
  readonly language: Language
  readonly purpose?: string
  readonly durationSeconds: number | null
  readonly unseenSeconds?: number
  readonly contact?: ConsentContact
  readonly privacyHref?: string
}

const words = {
  fr: {
    purpose: 'Pourquoi',
    unsaid: 'L’application ne l’a pas précisé.',
    howLong: 'Durée',
    unlimited: 'Jusqu’à ce que vous retiriez votre accord.',
    unseen: (time: string) => `Si vous n’y revenez pas, l’application perd l’accès au bout de ${time}.`,
    contact: 'Vos questions',
    privacy: 'Ses engagements',
    privacyLink: 'Protection des données de l’application',
  },
  en: {
    purpose: 'Why',
    unsaid: 'The application does not say.',
    howLong: 'How long',
    unlimited: 'Until you withdraw your agreement.',
    unseen: (time: string) => `If you do not come back to it, the application loses access after ${time}.`,
    contact: 'Questions',
    privacy: 'Its commitments',
    privacyLink: 'Data protection at the application',
  },
} as const

/** Why, how long and whom to ask, as far as known (GDPR article 13). */
export const ConsentFacts: FC<ConsentFactsProps> = (props) => {
  const { language, purpose, durationSeconds, unseenSeconds, contact, privacyHref } = props
  const said = words[language]
  const privacy = outsideHref(privacyHref)
  return (
    <dl class="facts">
      <dt>{said.purpose}</dt>
      <dd>{purpose === undefined ? said.unsaid : <bdi>{tame(purpose, 1000)}</bdi>}</dd>
      <dt>{said.howLong}</dt>
      <dd>
        {durationSeconds === null ? said.unlimited : durationInWords(durationSeconds, language)}
        {unseenSeconds === undefined ? null : ` ${said.unseen(durationInWords(unseenSeconds, language))}`}
      </dd>
      {contact === undefined ? null : <dt>{said.contact}</dt>}
      {contact === undefined ? null : (
        <dd>
          <Contact {...contact} />
        </dd>
      )}
      {privacy === null ? null : <dt>{said.privacy}</dt>}
      {privacy === null ? null : (
        <dd>
          <a href={privacy} rel="noreferrer">
            {said.privacyLink}
          </a>
        </dd>
      )}
    </dl>
  )
}

const Contact: FC<ConsentContact> = ({ name, email }) => {
  const href = emailHref(email)
  return (
    <>
      <bdi>{tame(name)}</bdi>
      {href === null ? null : ', '}
      {href === null ? null : <a href={href}>{email}</a>}
    </>
  )
}
