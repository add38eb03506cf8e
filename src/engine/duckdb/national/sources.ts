import { aeldre } from './aeldre.ts';
import { beskaeftigelse } from './beskaeftigelse.ts';
import { borger } from './borger.ts';
import { oekonomi } from './oekonomi.ts';
import { personale } from './personale.ts';
import { skole } from './skole.ts';
import type { NationalSource } from './source.ts';
import { sundhed } from './sundhed.ts';
import { ubu } from './ubu.ts';
import { voksenhandicap } from './voksenhandicap.ts';

/** Everything that is made, domain by domain. */
export const nationalSources: readonly NationalSource[] = [
  ...borger,
  ...skole,
  ...ubu,
  ...aeldre,
  ...personale,
  ...voksenhandicap,
  ...sundhed,
  ...beskaeftigelse,
  ...oekonomi,
];
