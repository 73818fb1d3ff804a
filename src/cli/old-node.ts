const majorNeeded = 26

/** What to tell who runs the program with a Node that lacks what it uses; null: this one will do. */
export function oldNode(version: string): string | null {
  if (Number.parseInt(version, 10) >= majorNeeded) return null
  return `
  This is Node ${version}; Portique runs on Node ${majorNeeded}, which npm brought along.
    → npm run portique -- <command>, or node_modules/.bin/node dist/portique/main.js <command>
`
}
