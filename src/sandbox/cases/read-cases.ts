import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { SandboxCase } from './case.js'

const caseShape = z.strictObject({
  title: z.string(),
  operation: z.string().optional(),
  params: z.record(z.string(), z.json()).default({}),
  status: z.int().min(200).max(599),
  payload: z.json().optional(),
  headers: z.record(z.string(), z.string()).default({}),
})
const fileShape = z.union([z.array(caseShape), caseShape.transform((one) => [one])])

/** The cases of `sandbox/*.yaml`, files in the order of their names; the contract's loader has checked them at start. */
export async function readCases(folder: string): Promise<readonly SandboxCase[]> {
  const place = join(folder, 'sandbox')
  const names = await readdir(place).catch(() => [])
  const files = names.filter((name) => /\.ya?ml$/.test(name)).sort()
  const lists = await Promise.all(
    files.map(async (name) => fileShape.parse(parse(await readFile(join(place, name), 'utf8')))),
  )
  return lists.flat()
}
