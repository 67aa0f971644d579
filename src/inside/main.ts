/** The program that runs inside helper containers: Node and its own modules, nothing else. */
process.stdout.write('');
