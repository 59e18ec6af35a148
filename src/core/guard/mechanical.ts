// Tells prompts that ask for mechanical work (rename, reformat, boilerplate) by their words alone, so that everyone can
// see why. What it is unsure of is not mechanical: a wrong question costs more trust than a missed one.

/** Longer instructions, code set apart, hold more than the mechanical part. */
const longest = 400;
/** Stands for a name: what is quoted, a path, an identifier. Its letters say nothing of the work. */
const name = '§';

const leadIns =
  /^(?:please|pls|ok(?:ay)?|now|just|hey|hi|then|next|also|quickly|(?:can|could|would|will) you|go ahead and|i (?:want|need) you to|(?:let'?s|lets)|bitte|jetzt|kannst du|könntest du|por favor|ahora|puedes|s'il te pla[iî]t|stp|maintenant|peux[- ]tu)[\s,:]+/u;

const filler = '(?:(?:the|this|that|these|all|any|every|each|my|our|of|a|an|some|in|it|its|missing|§) ?)*';
/** A word that may be a name, rather than what is said of renaming. */
const word =
  "(?!(?:is|are|was|does|needs?|has|have|wants?|used|try|tries|able|seems?|fails?|something|be|what|match|follow|make|more|avoid|better)(?![\\p{L}-]))[^\\s,;:!?']+";
const kind =
  '(?:(?:test|source|local|global|private|public) )?(?:variables?|functions?|methods?|class(?:es)?|types?|interfaces?|fields?|propert(?:y|ies)|props?|columns?|tables?|parameters?|params?|arguments?|constants?|enums?|components?|hooks?|modules?|packages?|files?|folders?|director(?:y|ies)|keys?)';
const letterCase = '(?:snake|camel|kebab|pascal)case';

function sentences(...patterns: readonly string[]): readonly RegExp[] {
  return patterns.map((pattern) => new RegExp(`^(?:${pattern})(?![\\p{L}\\d-])`, 'u'));
}

/** Mechanical work, each as it begins a sentence. */
const tasks: readonly RegExp[] = sentences(
  `rename ${filler}(?:${kind} )?(?:(?:from )?${word} ){0,2}(?:to|into|as|->|=>|→) ${word}`,
  're-?format|auto-?format|format|prettify|pretty-print|beautify|re-?indent|indent',
  'run (?:the )?(?:prettier|eslint|black|gofmt|rustfmt|ruff|biome|clang-format|formatter|linter|code formatter)(?: on)?',
  `(?:sort|alphabeti[sz]e|organi[sz]e) ${filler}(?:imports|import statements|keys|lines|exports|properties|dependencies)`,
  `(?:remove|delete|strip) ${filler}(?:unused|trailing|extra|superfluous|commented[- ]out|debug|double) (?:imports?|variables|whitespace|spaces|blank lines|commas|semicolons|code|(?:logs?|prints?)(?: (?:statements?|calls?|lines))?|statements)`,
  `(?:convert|change) ${filler}(?:tabs|spaces|indentation|(?:single|double) quotes|crlf|lf|line endings|${letterCase}) (?:to|into) (?:(?:two|four) )?(?:tabs|spaces|(?:single|double) quotes|crlf|lf|${letterCase}|§)`,
  `(?:find|search) and replace ${word} (?:with|by) ${word}`,
  'replace (?:all |every |each )?§ (?:with|by) §',
  `replace (?:all |every |each |the )*(?:occurrences?|instances?|mentions?) of ${word} (?:with|by) ${word}`,
  'move (?:(?:the|this|these|all) )*(?:(?:test|source) )?(?:(?:files?|folders?|director(?:y|ies)|§) ?)+(?:to|into|under) (?:§|[^\\s,]+/)',
  `(?:fix|correct) ${filler}(?:typos?|spelling(?: mistakes?| errors?)?|misspellings?|indentation|whitespace|formatting|lint(?:er)? (?:errors|warnings)|import order|casing|capitali[sz]ation)`,
  `(?:add|insert|update) ${filler}(?:semicolons?|trailing commas?|licen[cs]e headers?|copyright (?:headers?|years?|notices?)|blank lines?|final newlines?)`,
  '(?:bump|update|raise) (?:the )?(?:(?:package|app|patch|minor|major) )?version(?: number)?',
  `(?:generate|add|create|write|scaffold) ${filler}(?:(?:usual|empty) )?(?:getters?|setters?|boilerplate|barrel files?|index files?|stubs?|scaffold(?:ing)?|skeleton)`,
  'uppercase|lowercase|capitali[sz]e|uncomment|comment out',

  'benenne (?:[^\\s,]+ ){1,5}in [^\\s,]+ um|(?:re)?formatiere|rücke (?:[^\\s,]+ ){1,3}ein',
  'sortiere (?:die |alle )*(?:importe?s?|zeilen|schlüssel)|entferne (?:alle |die )*(?:un(?:be|ge)nutzten?|überflüssigen?) (?:importe|variablen|leerzeichen|leerzeilen)',
  'ersetze (?:alle )?§ durch §|ersetze (?:alle|jedes) vorkommen von [^\\s,]+ durch [^\\s,]+',
  'korrigiere (?:die |alle )*(?:tippfehler|rechtschreibung|rechtschreibfehler|einrückung)',

  'renomme[rz]? (?:[^\\s,]+ ){1,4}en [^\\s,]+|(?:re)?formate[rz]?|indente[rz]?|trie[rz]? les imports',
  'remplace[rz]? (?:§|toutes les occurrences de [^\\s,]+) par [^\\s,]+|supprime[rz]? les imports inutilisés',
  "corrige[rz]? les fautes (?:de frappe|d'orthographe)",

  'renombrar? (?:[^\\s,]+ ){1,4}(?:a|por|como) [^\\s,]+|(?:re)?formatear?|indentar?|ordenar? los imports',
  '(?:reemplazar?|sustituir|sustituye) (?:§|todas las apariciones de [^\\s,]+) por [^\\s,]+',
  'eliminar? los imports (?:no usados|sin usar)|(?:corregir|corrige) las erratas',
);

/** Chinese sets no spaces: each is all that is asked. */
const wholeTasks =
  /^(?:请|帮我|请帮我)?(?:(?:把|将)[^，。；？]{1,40}(?:重命名为|改名为)[^，。；？]{1,40}|格式化(?:一下)?(?:这个|这些|所有|全部)?(?:文件|代码|项目)|(?:删除|移除)(?:所有)?(?:未使用|没用到)的 ?(?:导入|引用|变量|import)|(?:对|给) ?(?:导入|import) ?排序|(?:修正|改正)(?:所有)?错别字)[。！]?$/u;

/** What goes along with such work without adding to it. */
const alongside =
  /\b(?:and|then|,|und|et|y)\s+(?:also )?(?:(?:update|fix|adjust|change)\s+(?:(?:all|the|every|its|their) )*(?:references?|usages?|uses|imports?|callers?|call sites?|mentions?|occurrences?)|run (?:the )?(?:prettier|formatter|linter))\b/gu;

/** Words of where, how far and by which tool. A word that is none of them says more, and the prompt may not be mechanical. */
const surroundings = new RegExp(
  `^(?:[\\s,.;:!?…()/]|(?:§|${[
    'the|this|that|these|all|any|every|each|my|our|its|it|them|in|of|from|to|into|with|using|across|over|throughout|for|and|also|as|too|well|again|now|please|everywhere|properly',
    'whole|entire|files?|folders?|director(?:y|ies)|repo|repository|project|codebase|code|base|source|src|modules?|packages?|functions?|class(?:es)?|methods?|components?|variables?|types?|tests?|blocks?|lines?|sections?|config|workspace|document|list',
    'comments?|docs|documentation|readme|imports?|exports?|setters?|getters?|alphabetically|everything|prettier|black|eslint|gofmt|rustfmt|ruff|biome|clang-format|spaces|tabs|two|four|a|an|json|yaml|markdown|html|css|python|javascript|typescript|react|logging',
    'überall|die|das|der|den|dem|diese[nrs]?|alle|im|datei(?:en)?|projekt|ordner|modul|mit|und|von|bitte|repository|importe',
    'partout|dans|le|la|les|ce|cette|ces|tout|tous|toutes|fichiers?|projet|dossier|avec|du|des|de|et',
    'el|los|las|est[ea]|estos|todos?|todas?|partes|en|por|archivos?|código|proyecto|carpeta|con|del|y|favor',
  ].join('|')})(?![\\p{L}\\d-]))*$`,
  'u',
);

/** The words by which a prompt is known to be mechanical work, null when it is not, or may not be. */
export function mechanicalWords(prompt: string): string | null {
  const bare = prompt.slice(0, 100_000).replaceAll(/```[\s\S]*?(?:```|$)/g, ` ${name} `);
  const text = withoutNames(bare.slice(0, 5 * longest));
  if (bare.length > 5 * longest || text.length > longest) return null;
  const asked = withoutLeadIns(text);
  const whole = wholeTasks.exec(asked)?.[0];
  if (whole !== undefined) return shown(whole);
  for (const task of tasks) {
    const found = task.exec(asked)?.[0];
    if (found === undefined) continue;
    return surroundings.test(asked.slice(found.length).replaceAll(alongside, ' ')) ? shown(found) : null;
  }
  return null;
}

/** Names stay the user's own. */
const verbs =
  /^(?:rename|move|(?:find|search) and replace|replace (?:all |every |each |the )*(?:occurrences?|instances?|mentions?)|benenne|rücke|ersetze (?:alle|jedes) vorkommen|renomme[rz]?|remplace[rz]?|renombrar?|reemplazar?|sustitu\w+)(?![\p{L}-])|重命名|改名|格式化|删除|移除|排序|错别字/u;

function shown(found: string): string {
  return verbs.exec(found)?.[0].trim() ?? found.replaceAll(name, '…').trim();
}

/** One line in lower case, names reduced to a sign. */
function withoutNames(text: string): string {
  return (
    text
      .replaceAll(/\bconsole\.\w+(?:\(\))?/g, 'debug log')
      .replaceAll(/\b(snake|camel|kebab|pascal)[-_ ]?case\b/gi, '$1case')
      .replaceAll(/`[^`\n]*`|"[^"\n]*"|“[^”\n]*”|«[^»\n]*»|(?<![\p{L}\d])'[^'\n]*'(?!\p{L})/gu, name)
      // Paths, identifiers and numbers: inner capitals, underscores, slashes, dots inside.
      .replaceAll(/@?[\w-]*(?:[a-z][A-Z]|[\w-][/\\_.][\w-]|\w\()[^\s,;:!?]*/g, name)
      .replaceAll(/(?<!\p{L})(?:\.{0,2}\/[^\s,;]*|[A-Z]{2,}[A-Z_\d]*|\S*\d\S*)/gu, name)
      .toLowerCase()
      .replaceAll(/\s+/g, ' ')
      .trim()
  );
}

function withoutLeadIns(text: string): string {
  let rest = text;
  for (let next = rest.replace(leadIns, ''); next !== rest; next = rest.replace(leadIns, '')) rest = next;
  return rest;
}
