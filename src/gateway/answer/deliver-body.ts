import type { BodySink, BodyStream } from '#contract'
import type { Reply } from '../reply.js'
import { breakOff } from './break-off.js'

/** Where the count of bytes sent is kept. */
export interface DeliveryTally {
  responseBytes: number
  broken: boolean
}

/** Lets a body flow to the client at the client's own pace. The head has been written. */
export function deliverBody(body: BodyStream, response: Reply, tally: DeliveryTally): void {
  const sink: BodySink = {
    chunk(bytes) {
      tally.responseBytes += bytes.length
      return response.write(bytes)
    },
    end: () => void response.end(),
    fail() {
      tally.broken = true
      breakOff(response)
    },
  }
  response.on('drain', () => body.resume())
  body.flow(sink)
}
