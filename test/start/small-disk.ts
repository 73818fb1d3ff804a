import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

/**
 * A disk of 6 MB in memory at a new folder, gone with the test. Null, and said so, where nothing may be mounted; in CI that is
 * a failure, unless `PORTIQUE_TEST_MOUNT=no` says that it is known.
 */
export function mountSmallDisk(t: TestContext): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'portique-small-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', folder], { stdio: 'pipe' })
  } catch (cause) {
    rmdirSync(folder)
    const { CI, PORTIQUE_TEST_MOUNT } = process.env
    if (CI !== undefined && PORTIQUE_TEST_MOUNT !== 'no')
      throw new Error(
        'NOT TESTED: a small disk needs Linux, root and the right to mount. Give them, or set PORTIQUE_TEST_MOUNT=no.',
        { cause },
      )
    t.skip('NOT TESTED: mounting a small disk needs Linux and root')
    return null
  }
  t.after(() => {
    execFileSync('umount', ['-l', folder])
    rmdirSync(folder)
  })
  return folder
}
