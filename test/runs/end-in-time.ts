import { after } from 'node:test'

const milliseconds = 60_000

// A run whose tests are over and that does not end would hold up all others for ever, and nobody would learn why.
after(() => {
  const told = () => {
    const held = process.getActiveResourcesInfo().join(', ')
    process.stderr.write(
      `The tests of this run were over ${milliseconds / 1000} s ago, and it is kept from ending by: ${held}\n`,
    )
    process.exit(1)
  }
  setTimeout(told, milliseconds).unref()
})
