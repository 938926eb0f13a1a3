import {
  type AsymmetricAlgorithm,
  generateKey,
  type KeySettings,
  toPrivateJwk,
  toPublicJwk,
} from '@pockitflyer/auth/admin'
import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addCommand, type JsonOption } from '../add-command.ts'
import { keySettingNames } from '../settings-help.ts'
import { type AlgorithmOption, algorithmOption } from './algorithm.ts'

/** Adds `auth keys rotate`. */
export function addRotateCommand(keys: Command, cli: Cli): void {
  addCommand(keys, {
    signature: 'rotate',
    summary: 'make the next signing key, and say what to set where',
    description:
      'Makes a private key and prints the three steps that put it in the place of the one in the settings, be that SECRET_KEY or\n' +
      'SIGNING_KEY. Each step is for every server, one after the other, before the next step. Nobody is logged out. Nothing is stored.\n' +
      'With --json: {"kid", "steps": [{"wait_seconds", "set": {"NAME": "value"}, "unset": ["NAME"]}]}; wait before the step is taken.',
    examples: ['pnpm auth keys rotate', 'pnpm auth keys rotate --alg ES256 --json'],
    settings: keySettingNames,
  })
    .addOption(algorithmOption())
    .action((options: AlgorithmOption & JsonOption) => rotate(cli, options))
}

/** Time that a verifier may cache the key set, in seconds: the `max-age` of the API's answer. */
const keySetAgeSeconds = 300

interface Step {
  /** The effect of the step. */
  text: string
  wait_seconds: number
  set: Record<string, string>
  unset: string[]
}

async function rotate(cli: Cli, { alg, json }: AlgorithmOption & JsonOption): Promise<void> {
  const { kid, steps } = planRotation(cli.readKeySettings(), alg)
  if (json) {
    const plain = steps.map(({ text: _text, ...step }) => step)
    return cli.stdout.print([JSON.stringify({ kid, steps: plain })])
  }
  await cli.stderr.print(['Keep what SIGNING_KEY says secret: whoever has it can log in as anybody.'])
  return cli.stdout.print([`The next key is ${kid} (${alg}).`, ...steps.flatMap(describeStep)])
}

/**
 * Plans the steps of a rotation. First every server learns the new key, then they sign with it. The
 * old key goes when its last token has expired. So every server knows the keys of a request during
 * each step.
 */
function planRotation(settings: KeySettings, alg: AsymmetricAlgorithm): { kid: string; steps: Step[] } {
  const { signingKey, verifyingKeys, secretKey, refreshTokenLifetimeSeconds } = settings
  const next = generateKey(alg)
  const former = signingKey === undefined ? verifyingKeys : [signingKey, ...verifyingKeys]
  const toSetting = (keys: typeof former) => JSON.stringify({ keys: keys.map(toPublicJwk) })
  const publish = {
    text: 'Publish it: every server accepts it, and none signs with it yet.',
    wait_seconds: 0,
    set: { VERIFYING_KEYS: toSetting([next, ...verifyingKeys]) },
    unset: [],
  }
  const sign = {
    text: 'Sign with it. Verifiers elsewhere may have kept the key set of before until now.',
    wait_seconds: keySetAgeSeconds,
    set: {
      SIGNING_KEY: JSON.stringify(toPrivateJwk(next)),
      ...(former.length === 0 ? {} : { VERIFYING_KEYS: toSetting(former) }),
    },
    unset: former.length === 0 ? ['VERIFYING_KEYS'] : [],
  }
  const forget = {
    text: 'Forget the keys of before: the last token that they signed is over.',
    wait_seconds: refreshTokenLifetimeSeconds,
    set: {},
    unset: [
      ...(former.length === 0 ? [] : ['VERIFYING_KEYS']),
      ...(secretKey === undefined ? [] : ['SECRET_KEY']),
    ],
  }
  return { kid: next.kid, steps: [publish, sign, ...(forget.unset.length === 0 ? [] : [forget])] }
}

function describeStep({ text, wait_seconds, set, unset }: Step, index: number): string[] {
  const wait = wait_seconds === 0 ? '' : `Wait ${describeSeconds(wait_seconds)}. `
  return [
    '',
    `${index + 1}. ${wait}${text} On every server, one after the other, set and restart:`,
    ...Object.entries(set).map(([name, value]) => `   ${name}='${value}'`),
    ...unset.map((name) => `   ${name}=`),
  ]
}

function describeSeconds(seconds: number): string {
  const units = [
    [86_400, 'days'],
    [3600, 'hours'],
    [60, 'minutes'],
  ] as const
  const [size, name] = units.find(([size]) => seconds % size === 0) ?? [1, 'seconds']
  return `${seconds / size} ${name}`
}
