import type { FlisRecord } from '../../src/definitions/flisRecord.ts';

/**
 * Twelve records in the shape of FLIS's, by public facts: ids, titles, what is divided by what, level and
 * how it is shown. The words are ours.
 */
export const flisRecordFixtures: readonly FlisRecord[] = [
  record('100-0110-003-6-0-0', 'Klassekvotient, 4. klasse', 'Skole', 'M', 'Normal', {
    taeller: 'Elever i normalklasser',
    beskrivelse: 'Skoleejer er kommunen; skoletype 10, klassetype 10; klasser med 5 til 35 elever',
    naevner: 'Klasser',
    naevnerbeskrivelse: 'De samme klasser, hver talt én gang',
  }),
  record('100-0110-002-1-0-0', 'Gennemsnitlig skolestørrelse', 'Skole', 'M', 'Normal', {
    taeller: 'Elever, 0.-10. klasse',
    beskrivelse: 'Folkeskoler, ejerkode 2',
    naevner: 'Skoler med elever',
    naevnerbeskrivelse: 'Uden skoletype 115',
  }),
  record('110-0112-000-1-0-0', 'Andel elever i specialklasse', 'Skole', 'M', 'Procent', {
    taeller: 'Elever i klassetype 20 og 29',
    naevner: 'Elever i klassetype 10, 20 og 29',
  }),
  record('100-0110-803-0-0-0', 'Andel sen skolestart', 'Skole', 'Å_SenSkoleStart', 'Procent', {
    taeller: 'Elever, der fylder 7 år eller mere i det år, de begynder i 0. klasse',
    naevner: 'Elever i 0. klasse',
    naevnerbeskrivelse: 'Talt 1. september; betalingskommune, ellers bopælskommune',
  }),
  record('140-0142-003-0-0-0', 'Elev/lærer-ratio', 'Skole', 'M', 'Normal', {
    taeller: 'Gennemsnit af elever',
    naevner: 'Gennemsnit af lærerstillinger på fuld tid',
    naevnerbeskrivelse: 'Funktion 3.22.01, stillingskategori 20, ansættelsesform 1 og 2, ejerforhold 1',
    naevnerDataomraade: 'Personale',
  }),
  record('569', 'Sygefravær, lærere', 'Personale', 'M', 'Procent', {
    taeller: 'Fraværsdage',
    beskrivelse: 'Egen sygdom og arbejdsskade, funktion 3.22.01',
    naevner: 'Aktive dage',
  }),
  record(
    '005-0010-001-1-0-0',
    'Skattefinansieret driftsresultat, kr. pr. indbygger',
    'Økonomi',
    'Å',
    'Normal',
    {
      taeller: 'Skattefinansieret drift',
      beskrivelse: 'Dranst 1 + 2 på hovedkonto 0 og 2-6\nuden 0.22 og 5.32.30\n(men med gruppering 005)',
      naevner: 'Indbyggere 1. januar',
      naevnerDataomraade: 'Borger',
    },
  ),
  record('005-0010-011-0-0-0', 'Strukturel driftsbalance', 'Økonomi', 'Å_Primo', 'Normal', {
    taeller: 'Oprindeligt budget, gange (-1)',
    naevner: 'Indbyggere 1. januar',
    naevnerDataomraade: 'Borger',
  }),
  record('005-0010-006-2-0-0', 'Skattefinansieret bruttoanlæg inkl. jord', 'Økonomi', 'Å', 'Normal', {
    taeller: 'Udgifter på dranst 3, hovedkonto 0 og 2-6 uden 0.25.19',
    naevner: 'Borgere primo',
    naevnerDataomraade: 'Borger',
    'eFLIS-nummer': '9',
  }),
  record('200-0210-007-3-1-0', 'Andel ikke anbragte et år efter', 'Udsatte børn og unge', 'M', 'Procent', {
    taeller: 'Børn, der ikke er anbragt 12 måneder senere',
    beskrivelse: 'Foranstaltningsgruppe 10',
    naevner: 'Unikke børn i måneden',
    naevnerbeskrivelse: 'Efter betalingskommune',
  }),
  record(
    '200-0210-006-5-5-0',
    'Gennemsnitlig varighed, kommunal plejefamilie',
    'Udsatte børn og unge',
    'M',
    'Normal',
    { taeller: 'Måneder i alt', beskrivelse: 'Type 80', naevner: 'Unikke børn' },
  ),
  record('420-0421-004-0-0-0', 'Hjemmehjælpstimer pr. uge før plejebolig, 65+', 'Ældre', 'Å', 'Normal', {
    taeller: 'Visiterede timer pr. uge',
    beskrivelse: 'I måneden før en plejebolig blev bevilget',
    naevner: 'Personer',
  }),
];

interface Parts {
  readonly taeller: string;
  readonly beskrivelse?: string;
  readonly naevner: string;
  readonly naevnerbeskrivelse?: string;
  readonly naevnerDataomraade?: string;
  readonly 'eFLIS-nummer'?: string;
}

function record(
  id: string,
  title: string,
  area: string,
  level: string,
  shown: string,
  { taeller, beskrivelse, naevner, naevnerbeskrivelse, naevnerDataomraade = area, ...more }: Parts,
): FlisRecord {
  return {
    NøgletalID: id,
    'Nøgletals titel': title,
    Dataområde: area,
    Nøgletalstype: 'Hovednøgletal',
    Opgørelsesniveau: level,
    Visningstype: shown,
    Tæller: taeller,
    ...(beskrivelse === undefined ? {} : { Tællerbeskrivelse: beskrivelse }),
    'Tæller dataområde': area,
    Nævner: naevner,
    ...(naevnerbeskrivelse === undefined ? {} : { Nævnerbeskrivelse: naevnerbeskrivelse }),
    'Nævner dataområde': naevnerDataomraade,
    ...more,
  };
}
