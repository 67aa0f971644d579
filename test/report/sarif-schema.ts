/**
 * What we use of SARIF 2.1.0, written from the specification's text (OASIS Standard, 27 March 2020), section by section.
 * Closed: a property that is not here is either no property of SARIF or one nobody meant to write.
 */
const text = { type: 'string' };
const integer = (minimum: number) => ({ type: 'integer', minimum });
const closed = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const list = (items: object, minItems = 0) => ({ type: 'array', items, minItems });
const ref = (name: string) => ({ $ref: `#/$defs/${name}` });
const level = { enum: ['none', 'note', 'warning', 'error'] };

export const sarifSchema = {
  ...closed({ $schema: { type: 'string', format: 'uri' }, version: { const: '2.1.0' }, runs: list(ref('run')) }, [
    'version',
    'runs',
  ]),
  $defs: {
    // 3.14
    run: closed(
      {
        tool: closed({ driver: ref('toolComponent') }, ['driver']),
        invocations: list(ref('invocation')),
        originalUriBaseIds: { type: 'object', additionalProperties: ref('artifactLocation') },
        columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
        results: list(ref('result')),
      },
      ['tool'],
    ),
    // 3.19; a semantic version has three numbers
    toolComponent: closed(
      {
        name: text,
        version: text,
        semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
        rules: { ...list(ref('rule')), uniqueItems: true },
      },
      ['name'],
    ),
    // 3.20, 3.58
    invocation: closed(
      {
        executionSuccessful: { type: 'boolean' },
        toolExecutionNotifications: list(closed({ level, message: ref('message') }, ['message'])),
      },
      ['executionSuccessful'],
    ),
    // 3.49
    rule: closed(
      {
        id: text,
        name: { type: 'string', pattern: '^[A-Z][A-Za-z0-9]*$' },
        shortDescription: ref('multiformat'),
        fullDescription: ref('multiformat'),
        help: ref('multiformat'),
        helpUri: { type: 'string', pattern: '^https://' },
        defaultConfiguration: closed({ enabled: { type: 'boolean' }, level }),
        properties: ref('bag'),
      },
      ['id'],
    ),
    multiformat: closed({ text, markdown: text }, ['text']),
    message: closed({ text }, ['text']),
    // 3.27
    result: closed(
      {
        ruleId: text,
        ruleIndex: integer(0),
        level,
        message: ref('message'),
        rank: { type: 'number', minimum: 0, maximum: 100 },
        locations: list(ref('location')),
        relatedLocations: { ...list(ref('location')), uniqueItems: true },
        fixes: { ...list(ref('fix')), uniqueItems: true },
        partialFingerprints: { type: 'object', additionalProperties: text },
        suppressions: { ...list(ref('suppression')), uniqueItems: true },
        properties: ref('bag'),
      },
      ['message'],
    ),
    // 3.35
    suppression: closed(
      {
        kind: { enum: ['inSource', 'external'] },
        status: { enum: ['accepted', 'underReview', 'rejected'] },
        justification: text,
        location: ref('location'),
        properties: ref('bag'),
      },
      ['kind'],
    ),
    // 3.28, 3.29, 3.33
    location: closed({
      id: integer(0),
      physicalLocation: closed({ artifactLocation: ref('artifactLocation'), region: ref('region') }, [
        'artifactLocation',
      ]),
      logicalLocations: { ...list(closed({ name: text, fullyQualifiedName: text, kind: text })), uniqueItems: true },
      message: ref('message'),
    }),
    // 3.4: relative, since it has a base; RFC 3986, 4.2: no `:` in the first part
    artifactLocation: closed({
      uri: { type: 'string', pattern: "^(?!/)[A-Za-z0-9._~!'()*/%-]*$" },
      uriBaseId: text,
      description: ref('message'),
    }),
    // 3.30
    region: {
      oneOf: [
        closed({ startLine: integer(1), startColumn: integer(1), endLine: integer(1), endColumn: integer(1) }, [
          'startLine',
        ]),
        closed({ charOffset: integer(0), charLength: integer(0) }, ['charOffset', 'charLength']),
      ],
    },
    // 3.55 to 3.57
    fix: closed(
      {
        description: ref('message'),
        artifactChanges: list(
          closed(
            {
              artifactLocation: ref('artifactLocation'),
              replacements: list(
                closed({ deletedRegion: ref('region'), insertedContent: closed({ text }) }, ['deletedRegion']),
                1,
              ),
            },
            ['artifactLocation', 'replacements'],
          ),
          1,
        ),
      },
      ['artifactChanges'],
    ),
    // 3.8
    bag: { type: 'object', properties: { tags: { ...list(text), uniqueItems: true } } },
  },
};
