import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'

const run = promisify(execFile)

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

const numbers = readdirSync('config')
  .filter((name) => name.endsWith('.ts'))
  .flatMap((file) =>
    Array.from(
      readFileSync(`config/${file}`, 'utf8').matchAll(/\b([A-Z][A-Z0-9_]+): whole\(/g),
      ([, name]) => ({
        name: name ?? '',
        file,
      }),
    ),
  )
const noNumbers = [
  'NaN',
  '-1',
  '1.5',
  '1e3',
  '0x10',
  'many',
  'Infinity',
  '5 5',
  '5;',
  '\u0663',
  '9'.repeat(20),
]

/** What a section of the configuration says to each value of a variable, in a process of its own; null when it is taken. */
async function verdicts(name: string, file: string, values: string[]): Promise<(string | null)[]> {
  const script = `const said = []
    for (const value of ${JSON.stringify(values)}) {
      process.env.${name} = value
      said.push(await import('./config/${file}?' + said.length).then(() => null, ({ message }) => message))
    }
    console.log(JSON.stringify(said))`
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script])
  return JSON.parse(stdout) as (string | null)[]
}

test.each(numbers)(
  'CVE-2026-12590: nothing starts with a $name that is no number or out of bounds, and what says so names it',
  async ({ name, file }) => {
    const [good, ...said] = await verdicts(name, file, ['10', ...noNumbers])
    expect(good).toBeNull()
    expect(said).toEqual(
      noNumbers.map((value) =>
        expect.stringContaining(`${name} is ${JSON.stringify(value)}, but it must be a whole number`),
      ),
    )
  },
)
