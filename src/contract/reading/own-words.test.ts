import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { loadPlatforms } from '../load-platforms.js'
import { type Files, onDisk, soundPlatform } from '../platform-on-disk.js'

const apiFile = 'house/apis/books/1/api.yaml'
const documentFile = 'house/apis/books/1/openapi.yaml'
const caseFile = 'house/apis/books/1/sandbox/candide.yaml'

/** Every mistake as `file:line reason`. */
const told = (files: Files) =>
  onDisk({ ...soundPlatform, ...files }, async (folder) =>
    (await loadPlatforms(folder)).mistakes.map(
      ({ file, line, reason, mend }) => `${file.slice(folder.length + 1)}:${line} ${reason} → ${mend}`,
    ),
  )
const contract = (more: string, parameter = '') =>
  soundPlatform[documentFile]
    .replace('operationId: listBooks\n', `operationId: listBooks\n      ${more}\n`)
    .replace('in: query, schema', `in: query, ${parameter}schema`)
const settings = (change: (text: string) => string) => change(soundPlatform[apiFile])
const gateway = (text: string) => text.replace(/upstreams: .*/, 'upstreams: { production: gateway, sandbox: gateway }')

describe('what contracts say beside OpenAPI', () => {
  for (const sound of [
    { [documentFile]: contract('x-right: school', 'x-right: school, x-error-code: { missing: "1", wrong: "2" }, ') },
    { [documentFile]: contract('x-checks: [{ year: author, ago: 1, error: "1" }]', 'x-error-code: "1", ') },
  ])
    it('is read', async () => assert.deepEqual(await told(sound), []))

  for (const [what, files, reason] of [
    [
      'a check of no kind',
      { [documentFile]: contract('x-checks: [{ dates: [a, b, c] }]') },
      /openapi\.yaml:7 .*x-checks/,
    ],
    [
      'a check of a parameter that is not there',
      { [documentFile]: contract('x-checks: [{ apart: [author, autor], error: "1" }]') },
      /openapi\.yaml:7 the check names the parameter "autor", .* → Did you mean "author"/,
    ],
    [
      'a code that is none',
      { [documentFile]: contract('', 'x-error-code: { missing: "1" }, ') },
      /openapi\.yaml:\d+ .*x-error-code/,
    ],
    ['a right that is none', { [documentFile]: contract('x-right: "Two words"') }, /openapi\.yaml:7 .*x-right/],
    [
      'an answer of the gateway where a provider answers',
      { [documentFile]: contract('x-answer: { fixed: pong }') },
      /openapi\.yaml:\d+ "listBooks" says what the gateway answers, but/,
    ],
    [
      'an answer of no kind',
      { [documentFile]: contract('x-answer: { file: /etc/passwd }') },
      /openapi\.yaml:7 .*x-answer/,
    ],
    [
      'the gateway as upstream without an answer',
      { [apiFile]: settings(gateway) },
      /openapi\.yaml:\d+ the gateway does not know how to answer "listBooks"/,
    ],
    [
      'the gateway as upstream of one environment',
      { [apiFile]: settings((text) => text.replace('sandbox: sandbox', 'sandbox: gateway')) },
      /api\.yaml:\d+ the gateway answers in one environment only/,
    ],
    [
      'a provider’s data open to anyone',
      { [apiFile]: settings((text) => `${text}access: { open: true }\n`) },
      /api\.yaml:\d+ an API that anyone may call without a token must be answered by the gateway/,
    ],
    [
      'a month that is nowhere',
      { [caseFile]: `${soundPlatform[caseFile]}months: [{ ago: 1, year: payload.pages, month: payload.mois }]\n` },
      /candide\.yaml:6 there is no number at "payload\.mois"/,
    ],
    [
      'a parameter that may be left out and is not there',
      { [caseFile]: `${soundPlatform[caseFile]}optional: [titre]\n` },
      /candide\.yaml:6 the case has no parameter "titre" that a call could leave out/,
    ],
    [
      'a month of the future',
      { [caseFile]: `${soundPlatform[caseFile]}months: [{ ago: -1, year: payload.pages, month: payload.pages }]\n` },
      /candide\.yaml:6 .*ago/,
    ],
  ] as const)
    it(`${what} is told with its place`, async () => {
      const mistakes = await told(files)
      assert.ok(
        mistakes.some((mistake) => reason.test(mistake)),
        mistakes.join('\n'),
      )
    })
})
