import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Command } from 'commander'
import { Problem } from '#base'
import type { QuotaRule } from '#contract'
import { parseRate } from './rate.js'

/** What is published, as `publish` sends it and `check` reads it. */
export interface PublicationRequest {
  readonly file: string
  readonly document: string
  readonly upstream: readonly string[]
  readonly adapter: { readonly file: string; readonly text: string } | undefined
  readonly realm: string | undefined
  readonly code: string | undefined
  readonly version: string | undefined
  readonly scopes: readonly string[] | undefined
  readonly quotas: readonly QuotaRule[]
  readonly personalData: boolean
}

export interface PublicationOptions {
  readonly upstream?: readonly string[]
  readonly adapter?: string
  readonly realm?: string
  readonly code?: string
  readonly apiVersion?: string
  readonly scope?: readonly string[]
  readonly quotaApplication: string
  readonly quotaApi: string
  readonly open: boolean
  readonly personalData: boolean
}

/** The options that say what `api.yaml` and `adapter.yaml` would, but for the platform and the addresses. */
export const withPublicationOptions = (command: Command): Command =>
  command
    .option('--adapter <file>', 'adapter.yaml, where the provider speaks otherwise than the document says')
    .option('--realm <name>', 'realm that gives its tokens, where the platform has several')
    .option('--code <code>', 'code of the API in its address; from the title unless told otherwise')
    .option('--api-version <version>', 'version in its address; the major one of the document unless told otherwise')
    .option('--scope <scope...>', 'scopes that a call needs; api_<code>v<version> unless told otherwise')
    .option('--quota-application <rate>', 'calls of one application, e.g. 4/s', '10/s')
    .option('--quota-api <rate>', 'calls of all applications together, e.g. 100/s', '100/s')
    .option('--open', 'ask for no scope: those that shape the data (x-scope) decide alone', false)
    .option('--personal-data', 'calls leave evidence, and every field of an answer needs a scope', false)

/** For an option that may be given several times. */
export const collected = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

/** Reads the files that are named. Throws `command/file` where one cannot be read. */
export async function readPublication(file: string, choices: PublicationOptions): Promise<PublicationRequest> {
  const { adapter, quotaApplication, quotaApi } = choices
  return {
    file: basename(file),
    document: await readText(file),
    upstream: choices.upstream ?? [],
    adapter: adapter === undefined ? undefined : { file: basename(adapter), text: await readText(adapter) },
    realm: choices.realm,
    code: choices.code,
    version: choices.apiVersion,
    scopes: choices.open ? [] : choices.scope,
    quotas: [parseRate(quotaApplication, 'application+api'), parseRate(quotaApi, 'api')],
    personalData: choices.personalData,
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new Problem({
      code: 'command/file',
      status: 400,
      text: { fr: `Fichier illisible : ${file}`, en: `Cannot read ${file}: check the path and the rights.` },
      cause,
    })
  }
}
