import { after } from 'node:test'

const seconds = 60

// A run whose tests are over and told, and that does not end, would hold up all others for ever, and nobody would learn why.
after(() => {
  const tell = () => {
    const held = process.getActiveResourcesInfo().join(', ')
    process.stderr.write(
      `The tests of this run were over ${seconds} s ago; it is ended now and has failed, held by: ${held}\n`,
    )
    process.exit(1)
  }
  setTimeout(tell, seconds * 1000).unref()
})
