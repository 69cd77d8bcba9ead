; Inno Setup 6: an installer from the folder that PyInstaller leaves. Not run here; see README.md beside it.
;   iscc /DVersion=0.1.0 packaging\windows\installer.iss
#ifndef Version
  #error Give the version: iscc /DVersion=0.1.0 installer.iss
#endif

[Setup]
AppId={{6B0E1C0E-6E3C-4B7B-9E5C-3D8C3B0B6D51}
AppName=GPT Assistant
AppVersion={#Version}
AppPublisher=The GPT Assistant developers
DefaultDirName={autopf}\GPT Assistant
DefaultGroupName=GPT Assistant
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=gpt-assistant-{#Version}-setup
Compression=lzma2
SolidCompression=yes
ChangesAssociations=yes
ChangesEnvironment=yes
UninstallDisplayIcon={app}\gpt-assistant-editor.exe
; Where a certificate is at hand: iscc "/Ssigntool=signtool sign /fd sha256 /a $f"
#ifdef Sign
SignTool=signtool
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: "path"; Description: "Make the command gpt-assistant available in terminals"; Flags: unchecked

[Files]
Source: "..\..\dist\gpt-assistant\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\GPT Assistant"; Filename: "{app}\gpt-assistant-editor.exe"
Name: "{autodesktop}\GPT Assistant"; Filename: "{app}\gpt-assistant-editor.exe"; Tasks: desktopicon

[Registry]
; "Open with" for text and Markdown; whatever opens them now is left in its place.
Root: HKA; Subkey: "Software\Classes\GPTAssistant.Text"; ValueType: string; ValueData: "Text"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\GPTAssistant.Text\DefaultIcon"; ValueType: string; ValueData: "{app}\gpt-assistant-editor.exe,0"
Root: HKA; Subkey: "Software\Classes\GPTAssistant.Text\shell\open\command"; ValueType: string; ValueData: """{app}\gpt-assistant-editor.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\.txt\OpenWithProgids"; ValueType: string; ValueName: "GPTAssistant.Text"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.md\OpenWithProgids"; ValueType: string; ValueName: "GPTAssistant.Text"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.markdown\OpenWithProgids"; ValueType: string; ValueName: "GPTAssistant.Text"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Applications\gpt-assistant-editor.exe\SupportedTypes"; ValueType: string; ValueName: ".txt"; ValueData: ""; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\gpt-assistant-editor.exe\SupportedTypes"; ValueType: string; ValueName: ".md"; ValueData: ""
Root: HKA; Subkey: "Environment"; ValueType: expandsz; ValueName: "Path"; ValueData: "{olddata};{app}"; Tasks: path; Check: NotOnPath

[Run]
Filename: "{app}\gpt-assistant-editor.exe"; Description: "{cm:LaunchProgram,GPT Assistant}"; Flags: nowait postinstall skipifsilent

[Code]
function NotOnPath: Boolean;
var
  Value: String;
begin
  Result := not RegQueryStringValue(HKA, 'Environment', 'Path', Value)
    or (Pos(Lowercase(ExpandConstant('{app}')), Lowercase(Value)) = 0);
end;
