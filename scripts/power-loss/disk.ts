import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A place in memory where ext4 disks are files. */
export interface Bench {
  readonly path: string
  /** A fresh copy of the blank disk, mounted: what is written there. */
  mountFresh(): string
  /** Copies the disk as its file is at this moment, without what the kernel only has in memory: a power cut. */
  cut(): void
  /** The copy in place of the disk, mounted as a machine does that starts again. */
  mountSurvivor(): string
  unmount(at: string): void
}

/** `prepare` writes on the blank disk what each round begins with. */
export async function withBench<T>(
  { megabytes, prepare }: { readonly megabytes: number; readonly prepare?: (at: string) => Promise<void> },
  work: (bench: Bench) => Promise<T>,
): Promise<T> {
  const path = mkdtempSync(join(tmpdir(), 'portique-power-loss-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes * 4}m,mode=755`, 'tmpfs', path])
  const [blank, disk, survivor] = [join(path, 'blank'), join(path, 'disk'), join(path, 'survivor')]
  const [before, after] = [join(path, 'before'), join(path, 'after')]
  try {
    writeFileSync(blank, '')
    truncateSync(blank, megabytes * 1024 * 1024)
    execFileSync('mkfs.ext4', ['-q', '-F', blank])
    if (prepare !== undefined) {
      await prepare(mount(blank, before))
      unmount(before)
    }
    return await work({
      path,
      mountFresh() {
        copyFileSync(blank, disk)
        return mount(disk, before)
      },
      cut: () => void execFileSync('cp', ['--sparse=always', disk, survivor]),
      mountSurvivor: () => mount(survivor, after),
      unmount,
    })
  } finally {
    for (const at of [before, after]) {
      try {
        unmount(at)
      } catch {}
    }
    execFileSync('umount', [path])
    rmSync(path, { recursive: true })
  }
}

/** The journal's own rhythm is slowed down, so that nothing becomes durable unless somebody asks for it. */
function mount(image: string, at: string): string {
  mkdirSync(at, { recursive: true })
  execFileSync('mount', ['-o', 'loop,commit=300', image, at])
  return at
}

function unmount(at: string): void {
  execFileSync('umount', [at], { stdio: 'pipe' })
}
