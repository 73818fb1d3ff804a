/** A metric's samples in Prometheus text format 0.0.4: `# HELP`, `# TYPE`, then one line each. */
export class Exposition {
  #text = ''

  family(name: string, type: 'counter' | 'gauge' | 'histogram', help: string): void {
    this.#text += `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`
  }

  sample(name: string, labels: Readonly<Record<string, string>>, value: number): void {
    const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(text)}"`)
    this.#text += `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}\n`
  }

  /** A metric of one sample without labels. */
  single(name: string, type: 'counter' | 'gauge', { help, value }: { help: string; value: number }): void {
    this.family(name, type, help)
    this.sample(name, {}, value)
  }

  toString(): string {
    return this.#text
  }
}

function escapeLabel(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
