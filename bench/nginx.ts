import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Child, startChild } from './child.js'

/** One nginx of our own: never the system's service, everything it writes is in its folder. */
export type NginxLaunch = {
  readonly name: string
  readonly folder: string
  readonly core: number
  /** What stands inside `http { }`. */
  readonly http: string
  readonly withLua?: boolean
}

export async function startNginx({ name, folder, core, http, withLua = false }: NginxLaunch): Promise<Child> {
  await mkdir(folder, { recursive: true })
  const config = join(folder, 'nginx.conf')
  await writeFile(config, configuration(folder, http, withLua))
  return startChild({
    name,
    core,
    command: 'nginx',
    args: ['-p', folder, '-c', config, '-e', join(folder, 'error.log')],
  })
}

/** Version of the installed nginx, or undefined when there is none. */
export function nginxVersion(): string | undefined {
  try {
    return execFileSync('sh', ['-c', 'nginx -v 2>&1'], { encoding: 'utf8' }).trim().replace('nginx version: ', '')
  } catch {
    return undefined
  }
}

export function hasNginxLua(): boolean {
  return luaModules.every((module) => existsSync(module))
}

const luaModules = ['ndk_http_module', 'ngx_http_lua_module'].map((name) => `/usr/lib/nginx/modules/${name}.so`)

function configuration(folder: string, http: string, withLua: boolean): string {
  const isRoot = process.getuid?.() === 0
  return `
${withLua ? luaModules.map((module) => `load_module ${module};`).join('\n') : ''}
${isRoot ? 'user root;' : ''}
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log ${folder}/error.log warn;
events { worker_connections 1024; }
http {
  access_log off;
  keepalive_requests 1000000000;
  keepalive_timeout 300s;
  tcp_nodelay on;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join('\n  ')}
  ${http}
}
`
}
