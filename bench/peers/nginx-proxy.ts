export type NginxProxy = { readonly port: number; readonly upstreamUrl: string; readonly locations: string }

/** The part of the configuration that both nginx peers share: kept upstream connections and one server. */
export function nginxProxy({ port, upstreamUrl, locations }: NginxProxy): string {
  return `
  upstream upstream {
    server ${new URL(upstreamUrl).host};
    keepalive 64;
    keepalive_requests 1000000000;
  }
  proxy_http_version 1.1;
  proxy_set_header Connection "";
  server {
    listen 127.0.0.1:${port};
    ${locations}
  }`
}
