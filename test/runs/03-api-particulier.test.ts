import { runs } from './plan.js'
import { runTogether } from './run-together.js'

await runTogether(runs['03-api-particulier'])
