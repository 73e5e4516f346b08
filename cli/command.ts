import { type Command, Option as CommanderOption } from 'commander'
import type { Ctx } from '#core/ctx'
import { remote } from '#federation/remote'

type Values = Record<string, string | boolean | undefined>
type Option = { flags: string; says: string; usual?: string; choices?: readonly string[]; required?: boolean }
type Body = { says: string; options?: readonly Option[]; run(ctx: Ctx, values: Values): Promise<void> }

/** The words do not say what is to be done: told in one sentence, exit code 2. */
export class WrongUsage extends Error {}

/** One command of `kith`, as its file states it. */
export class CliCommand {
  readonly #words: string
  readonly #body: Body

  constructor(words: string, body: Body) {
    this.#words = words
    this.#body = body
  }

  /** Adds the command below the words that lead to it: `accounts create <name>`. */
  register(program: Command): void {
    const words = this.#words.split(' ')
    const names = words.filter((word) => !/^[<[]/.test(word))
    const parent = names
      .slice(0, -1)
      .reduce((at, name) => at.commands.find((each) => each.name() === name) ?? at.command(name), program)
    const command = parent
      .command([names.at(-1), ...words.slice(names.length)].join(' '))
      .description(this.#body.says)
    for (const { flags, says, usual, choices, required } of this.#body.options ?? []) {
      const option = new CommanderOption(flags, says).default(usual).makeOptionMandatory(required ?? false)
      command.addOption(choices ? option.choices(choices) : option)
    }
    const parameters = words.slice(names.length).map((word) => word.replaceAll(/[<>[\].]/g, ''))
    command.action(async (...given: unknown[]) => {
      const values = Object.fromEntries(parameters.map((name, at) => [name, given[at] as string | undefined]))
      await this.#body.run({ actor: { kind: 'operator' }, remote }, { ...command.opts<Values>(), ...values })
    })
  }
}

/** States a command: `export default command('accounts create <name>', { says, options, run })`. */
export const command = (words: string, body: Body): CliCommand => new CliCommand(words, body)
