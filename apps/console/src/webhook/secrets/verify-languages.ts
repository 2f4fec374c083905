import csharp from './snippets/Verify.cs?raw';
import go from './snippets/verify.go?raw';
import java from './snippets/Verify.java?raw';
import node from './snippets/verify.mjs?raw';
import php from './snippets/verify.php?raw';
import python from './snippets/verify.py?raw';
import ruby from './snippets/verify.rb?raw';

/** How to verify a request, by language; each but C# is run against signed requests by a test. */
export const VERIFY_LANGUAGES = [
  { id: 'node', label: 'Node.js', code: node },
  { id: 'python', label: 'Python', code: python },
  { id: 'go', label: 'Go', code: go },
  { id: 'java', label: 'Java', code: java },
  { id: 'php', label: 'PHP', code: php },
  { id: 'ruby', label: 'Ruby', code: ruby },
  { id: 'csharp', label: 'C#', code: csharp },
] as const;
