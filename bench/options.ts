import { Command, InvalidArgumentError, Option } from 'commander'

const partNames = ['gateway', 'token', 'projector', 'evidence', 'import'] as const
export type Part = (typeof partNames)[number]

export type Options = {
  readonly rounds: number
  readonly seconds: number
  readonly connections: number
  readonly only?: Part
  readonly quick: boolean
  readonly profile: boolean
}

export function readOptions(argv: readonly string[]): Options {
  const command = new Command('bench')
    .description('Measures Portique beside other gateways, and its token endpoint beside a bare oidc-provider.')
    .option('--rounds <count>', 'rounds; each runs every peer once, in another order', whole, 15)
    .option('--seconds <count>', 'how long each peer is measured in a round', whole, 1)
    .option('--connections <count>', 'keep-alive connections of the load', whole, 32)
    .addOption(new Option('--only <part>', 'measure one part').choices(partNames))
    .option('--quick', 'one round, to see that it works', false)
    .option('--profile', 'run Portique alone under --cpu-prof and say where its time goes', false)
    .parse(argv)
  const options = command.opts<Options>()
  return options.quick ? { ...options, rounds: 1 } : options
}

function whole(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('a whole number from 1 to 9999 is expected')
  return Number(text)
}
