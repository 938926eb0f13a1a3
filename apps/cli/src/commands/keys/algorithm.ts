import { type AsymmetricAlgorithm, asymmetricAlgorithms } from '@pockitflyer/auth/admin'
import { Option } from 'commander'

/** The option for the kind of key to make. */
export interface AlgorithmOption {
  alg: AsymmetricAlgorithm
}

/** Ed25519 by default: the shortest signatures, and the fastest to make. */
export const algorithmOption = () =>
  new Option('--alg <algorithm>', 'the kind of key: Ed25519, P-256, or RSA of 3072 bits')
    .choices(asymmetricAlgorithms)
    .default('EdDSA')
