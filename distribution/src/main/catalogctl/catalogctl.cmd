@echo off
rem The command line for data contracts. Needs Java 17 or later.
setlocal
set "HOME_FOLDER=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" -Xshare:auto -Xlog:disable -Xlog:all=off -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "-Dcatalogctl.plugins.source=%HOME_FOLDER%\plugins\dry-run;%HOME_FOLDER%\plugins\s3-csv-source;%HOME_FOLDER%\lib" "-Dcatalogctl.plugins.sink=%HOME_FOLDER%\plugins\dry-run;%HOME_FOLDER%\plugins\bigquery-partition-sink;%HOME_FOLDER%\lib" -cp "%HOME_FOLDER%\lib\*" io.catalogconnect.catalogctl.cli.Catalogctl %*
