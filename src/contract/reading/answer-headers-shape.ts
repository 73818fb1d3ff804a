import { z } from 'zod'
import { framesBody, staysBehind } from '../answer-fields.js'

const namesMost = 30
const bytesMost = 8_192

/**
 * The headers that an answer written in a file may carry: any other would only fail at the call, be dropped on the way, or lie of the body.
 * Callers read no head of more than a few kB.
 */
export const answerHeaders = z
  .record(
    z
      .string()
      .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'not a header name')
      .refine((name) => !framesBody(name) && !staysBehind(name), 'a header that the gateway sets itself or drops'),
    z
      .string()
      .regex(/^[^\r\n\0]*$/, 'more than one line')
      .refine((text) => !/[^\t\r\n\0 -~\x80-\xff]/.test(text), 'a sign that no header carries'),
  )
  .refine((headers) => Object.keys(headers).length <= namesMost, `more than ${namesMost} headers`)
  .refine((headers) => headBytes(headers) <= bytesMost, `more than ${bytesMost} bytes of headers`)

/** In a head each stands with a colon, a space and the end of its line; its signs have a byte each. */
const headBytes = (headers: Readonly<Record<string, string>>) =>
  Object.entries(headers).reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0)
