import { z } from 'zod'
import { framesBody, staysBehind } from '../answer-fields.js'

/** The headers that an answer written in a file may carry: any other would only fail at the call, be dropped on the way, or lie of the body. */
export const answerHeaders = z.record(
  z
    .string()
    .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'not a header name')
    .refine(
      (name) => !framesBody(name) && !staysBehind(name),
      'a header that the gateway sets itself or drops; take it away',
    ),
  z
    .string()
    .regex(/^[^\r\n\0]*$/, 'more than one line')
    .refine((text) => !/[^\t\r\n\0 -~\x80-\xff]/.test(text), 'a sign that no header carries'),
)
