// Tells prompts that ask for mechanical work (rename, reformat, boilerplate) by their words alone, so that everyone can
// see why. What it is unsure of is not mechanical: a wrong question costs more trust than a missed one.

/** Longer instructions, code set apart, hold more than the mechanical part. */
const longest = 400;
/** Stands for a name: what is quoted, a path, an identifier. Its letters say nothing of the work. */
const name = '§';

const leadIns =
  /^(?:please|pls|ok(?:ay)?|now|just|hey|hi|then|next|also|quickly|(?:can|could|would|will) you|go ahead and|i (?:want|need) you to|(?:let'?s|lets)|bitte|jetzt|kannst du|könntest du|por favor|ahora|puedes|s'il te pla[iî]t|stp|maintenant|peux[- ]tu)[\s,:]+/u;

const filler = '(?:(?:the|this|that|these|all|any|every|each|my|our|of|a|an|some|in|it|its|missing|§) ?)*';

/** Mechanical work, each as it begins a sentence. */
const tasks: readonly RegExp[] = [
  /^rename\b/,
  /^(?:re-?format|auto-?format|prettify|pretty-print|beautify|re-?indent|indent)\b/,
  new RegExp(
    `^format ${filler}(?:code|files?|folder|document|json|yaml|markdown|module|everything|codebase|repo|project|source|§)?(?=$|[.,;] ?|\\s(?:with|using|per|according|under|again|properly|and|please|now)\\b)`,
  ),
  /^run (?:the )?(?:prettier|eslint|black|gofmt|rustfmt|ruff|biome|clang-format|formatter|linter|code formatter)\b/,
  new RegExp(
    `^(?:sort|alphabeti[sz]e|organi[sz]e) ${filler}(?:imports|keys|entries|lines|exports|properties|names)\\b`,
  ),
  new RegExp(
    `^(?:remove|delete|strip) ${filler}(?:unused|trailing|extra|superfluous|commented[- ]out|debug|double) (?:imports?|variables|whitespace|spaces|blank lines|commas|semicolons|code|logs?|prints?|statements)\\b`,
  ),
  /^(?:convert|change) (?:(?:all|the) )*(?:tabs|spaces|line endings|crlf|lf|(?:single|double) quotes|indentation|snake[- ]?case|camel[- ]?case|kebab[- ]?case) (?:to|into)\b/,
  /^(?:find|search) and replace\b/,
  /^replace (?:all |every |each )?§ (?:with|by) §/,
  /^replace (?:all |every |each |the )*(?:occurrences?|instances?|mentions?) of\b/,
  /^replace \S+ (?:with|by) \S+ (?:everywhere|throughout|in all files|across)\b/,
  /^move (?:(?:the|this|these|all) )*(?:(?:files?|folders?|director(?:y|ies)|§) ?)+(?:to|into|under)\b/,
  new RegExp(
    `^(?:fix|correct) ${filler}(?:typos?|spelling|misspellings?|indentation|whitespace|formatting|lint(?:er)? (?:errors|warnings)|import order|casing|capitali[sz]ation)\\b`,
  ),
  new RegExp(
    `^(?:add|insert|update) ${filler}(?:semicolons?|trailing commas?|licen[cs]e headers?|copyright (?:headers?|years?|notices?)|blank lines?|final newlines?)\\b`,
  ),
  /^(?:bump|update|raise) (?:the )?(?:package )?version(?: number)?\b/,
  new RegExp(
    `^(?:generate|add|create|write|scaffold) ${filler}(?:(?:usual|empty) )?(?:getters?|setters?|boilerplate|barrel files?|index files?|stubs?|scaffold(?:ing)?|skeleton)\\b`,
  ),
  /^(?:uppercase|lowercase|capitali[sz]e|uncomment|comment out)\b/,
  /^(?:benenne\b.* um\b|formatiere\b|rücke\b.* ein\b|sortiere (?:die |alle )*(?:importe?s?|zeilen|einträge)\b)/,
  /^(?:ersetze (?:alle )?§ durch §|ersetze (?:alle|jedes) vorkommen\b|entferne (?:alle |die )*(?:un(?:be|ge)nutzten?|überflüssigen?) )/,
  /^korrigiere (?:die |alle )*(?:tippfehler|rechtschreibung|einrückung)/,
  /^(?:renomme[rz]?|reformate[rz]?|formate[rz]?|indente[rz]?)\b/,
  /^(?:trie[rz]? les imports\b|remplace[rz]? § par §|supprime[rz]? les imports inutilisés|corrige[rz]? les fautes (?:de frappe|d'orthographe))/,
  /^(?:renombrar?|reformatear?|formatear?|indentar?)\b/,
  /^(?:ordenar? los imports\b|(?:reemplazar?|sustituir|sustituye) § por §|eliminar? los imports (?:no usados|sin usar)|corregir las erratas|corrige las erratas)/,
];

/** What goes along with such work without adding to it. */
const alongside =
  /\b(?:and|then|,|und|et|y)\s+(?:also )?(?:(?:update|fix|adjust|change)\s+(?:(?:all|the|every|its|their) )*(?:references?|usages?|uses|imports?|callers?|call sites?|mentions?|occurrences?)|run (?:the )?(?:prettier|formatter|linter))\b/gu;

/** Words of work that needs thought. One of them anywhere and the prompt is not mechanical. */
const thought = new RegExp(
  `(?<!\\p{L})(?:${[
    'why|how|whether|should|what|which|if|unless|except|when|because|does\\w*|did\\w*|not|never|works?',
    'figure|find out|investigate|debug|diagnose|explain|understand|analy[sz]e|review|think|consider|decide|propose|suggest|discuss|check',
    'design\\w*|architect\\w*|plan|research|compare|evaluate|ideas?|trade-?offs?|careful\\w*',
    'errors?|exceptions?|crash\\w*|bugs?|fail\\w*|broken|breaks?|breaking|wrong|issues?|problems?|flaky|slow\\w*|performance|faster|race|deadlocks?|leaks?|security|vulnerab\\w*',
    'implement\\w*|add|write|create|build|make|fix|refactor\\w*|rewrite|redesign\\w*|restructure|split|merge|extract|migrate|port|upgrade|optimi[sz]e|improve|support|introduce|handle|integrate|document|tests?|ensure|generate|delete',
    'warum|wieso|weshalb|wie|ob|falls|wenn|fehler|schlägt|scheitert|kaputt|untersuche|erkläre|prüfe|überlege|implementiere|baue|schreibe|teste|behebe|verbessere',
    'pourquoi|comment|si|erreurs?|échoue|cassé|explique|analyse|vérifie|implémente|ajoute|écris|crée|teste|améliore',
    'por qué|porqué|cómo|errores|falla|fallan|roto|explica|analiza|revisa|implementa|añade|escribe|crea|prueba|mejora|arregla',
  ].join('|')})(?!\\p{L})`,
  'u',
);

/** The words by which a prompt is known to be mechanical work, null when it is not, or may not be. */
export function mechanicalWords(prompt: string): string | null {
  const bare = prompt.slice(0, 100_000).replaceAll(/```[\s\S]*?(?:```|$)/g, ` ${name} `);
  const text = withoutNames(bare.slice(0, 5 * longest));
  if (bare.length > 5 * longest || text.length > longest) return null;
  const asked = withoutLeadIns(text);
  for (const task of tasks) {
    const found = task.exec(asked)?.[0];
    if (found === undefined) continue;
    const rest = asked.slice(found.length).replaceAll(alongside, ' ');
    return thought.test(rest) ? null : found.replaceAll(name, '…').trim();
  }
  return null;
}

/** One line in lower case, names reduced to a sign. */
function withoutNames(text: string): string {
  return (
    text
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
