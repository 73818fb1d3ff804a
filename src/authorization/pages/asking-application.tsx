import type { FC } from 'hono/jsx'
import { Name } from '#theme'
import type { ApplicationShown } from './application-shown.js'

/** The name of an application and, where known, who runs it. */
export const AskingApplication: FC<{ readonly application: ApplicationShown }> = ({ application }) =>
  application.organisation === undefined ? (
    <Name of={application.name} />
  ) : (
    <>
      <Name of={application.name} /> (<Name of={application.organisation} strong={false} />)
    </>
  )
