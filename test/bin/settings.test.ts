import { readdirSync, readFileSync } from 'node:fs'

const variables = readdirSync('config')
  .filter((name) => name.endsWith('.ts'))
  .flatMap((name) => readFileSync(`config/${name}`, 'utf8').match(/(?<=^ {2})[A-Z][A-Z0-9_]+(?=:)/gm) ?? [])

test.each(['docs/operating.md', '.env.example'])(
  '%s names every variable that the configuration reads',
  (file) => {
    const text = readFileSync(file, 'utf8')
    expect(variables.length).toBeGreaterThan(20)
    expect(variables.filter((name) => !text.includes(name))).toEqual([])
  },
)
