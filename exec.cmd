@rem package.json says "exec node ...", which gives signals to Node and not to the shell; cmd.exe finds exec here.
@%*
